"""Tables, the store bound to one workspace, databases and migrations. SQLModel is imported only here."""
