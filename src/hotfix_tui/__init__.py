"""hotfix: the console that runs a team's emergency-fix playbook."""

__version__ = "0.1.0"
