"""Every error a user can meet.

An error class owns its words: the place that raises it passes only the facts. `problem` is one
sentence that says what is wrong, `hint` one sentence with the thing to type. The one handler in
cli.py translates both and exits with `exit_code`.

A file holds the errors of one area; all are imported from here.

2 usage or configuration · 3 input cannot be used · 4 the data cannot answer · 70 our bug
"""

from ltvcli.errors.assistants import *
from ltvcli.errors.boards import *
from ltvcli.errors.bonus import *
from ltvcli.errors.changes import *
from ltvcli.errors.claims import *
from ltvcli.errors.columns import *
from ltvcli.errors.compiled import *
from ltvcli.errors.connections import *
from ltvcli.errors.deals import *
from ltvcli.errors.engine import *
from ltvcli.errors.events import *
from ltvcli.errors.experiments import *
from ltvcli.errors.facts import *
from ltvcli.errors.files import *
from ltvcli.errors.history import *
from ltvcli.errors.kinds import *
from ltvcli.errors.numbers import *
from ltvcli.errors.outputs import *
from ltvcli.errors.predictions import *
from ltvcli.errors.reviews import *
from ltvcli.errors.risk import *
from ltvcli.errors.rows import *
from ltvcli.errors.rules import *
from ltvcli.errors.scorecards import *
from ltvcli.errors.settings import *
from ltvcli.errors.spend import *
from ltvcli.errors.subscriptions import *
from ltvcli.errors.surveys import *
from ltvcli.errors.tables import *
from ltvcli.errors.typed import *
from ltvcli.errors.values import *
