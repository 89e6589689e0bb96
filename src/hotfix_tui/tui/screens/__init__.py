"""The screens: one file each. They show frozen values and answer with intents."""
