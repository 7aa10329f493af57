"""What `ltv scorecard` answers: results of today beside the trust that they rest on."""
