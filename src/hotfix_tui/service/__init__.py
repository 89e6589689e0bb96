"""What the product does, for every front end: load, ask, run, prove. Knows ports, not the things behind them."""
