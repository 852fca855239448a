"""The accountability trail: from a finding back to duty, act, evidence, unit and post-holder, and questions on it."""
