"""Vietnamese text: normal forms, numbers as people write them."""
