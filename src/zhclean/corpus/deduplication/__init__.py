"""Copies and near-copies of articles: what is computed about texts, the one plan, and its engines."""
