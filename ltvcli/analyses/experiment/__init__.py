"""What a measure brought beyond a control: arms compared, and what follows."""
