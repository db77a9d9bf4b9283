"""What there is to make: documents, products, clinics and languages go in, pieces and their keys come out."""
