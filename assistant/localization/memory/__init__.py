"""The translation memory: what was translated before, exactly, in context, or nearly."""
