"""Slack: payloads to events, replies to Block Kit, and the transport of both. No policy and no wording here."""
