"""The weekly summary: what a week brought, the words for it, its picture, and the one piece of advice."""
