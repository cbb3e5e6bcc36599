"""Goods and services: the register, stock at moving average cost, counts."""
