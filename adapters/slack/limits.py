"""What Slack takes at most: counts and characters, from its Block Kit and message reference pages."""

BLOCKS = 50
VIEW_BLOCKS = 100
# A message as a whole: `chat.postMessage` refuses longer ones. Not in the reference; from what people measured
# (https://github.com/slackapi/bolt-js/issues/2867): all texts together, and about 72 characters for each block.
MESSAGE = 13_000
CONTAINER = 72
ESCAPED = 1_000  # what escaping may add to a paragraph, as `&` becomes five characters; our own choice
TEXT = 3_000
HEADER = 150
BUTTON = 75
OPTION = 75
OPTION_VALUE = 150
OPTIONS = 100
ACTIONS = 25
FIELDS = 10
FIELD = 2_000
MODAL_TITLE = 24
PLACEHOLDER = 150
LABEL = 2_000
HINT = 2_000
INPUT = 3_000
ERROR = 2_000
