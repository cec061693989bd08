"""Advice: the playbook's part that fits a client's history and a question; every sentence is the knowledge file's."""
