"""What the page of who left should tell by itself."""
