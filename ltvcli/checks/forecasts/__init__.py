"""What `ltv report board` should tell of forecasts by itself."""
