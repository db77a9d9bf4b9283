"""What there is to make: documents, products, clinics and languages become pieces, each with its key."""
