"""Discord: the gateway and REST, application commands, embeds and components."""
