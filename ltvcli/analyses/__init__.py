"""One question per file: facts in, frozen result out."""
