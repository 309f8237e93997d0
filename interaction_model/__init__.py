"""What people say: the contract of intents, the sentences, and the models built from them."""
