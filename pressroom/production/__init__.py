"""Makes one piece: a task goes in; the finished bytes, facts and findings come out."""
