"""What a report holds, and what is told of it by name: values. Nothing here tests a duty."""
