"""The knowledge file: everything that the bot may say about clients, and how it is read and checked."""
