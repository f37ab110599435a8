"""What the product should answer, worked out slowly from the written rules alone.

Plain Python and exact fractions; nothing here imports or resembles the engine, so that the two
agree only when both read the rules alike.
"""
