"""The effect of a measure compared with a control: arms, effects and the decision."""
