"""What has become of a lead, and what is to be done, in sentences for people; they are made when they are read."""

from leadqual.lifecycle.told.tell import because, stage_word, tell, tell_effect

__all__ = ["because", "stage_word", "tell", "tell_effect"]
