"""Advice: the playbook's part that fits a client's history and a question. Every sentence comes from the knowledge file."""
