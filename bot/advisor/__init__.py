"""A second opinion: what a language model may say of a question, and the checks that keep it to the knowledge file."""
