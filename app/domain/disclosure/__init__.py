"""Statistical disclosure control: what published counts must not reveal of few clusters."""
