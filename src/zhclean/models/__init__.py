"""What is known of Chinese: words, small neural networks and a language model, and what they say of a break together."""
