"""The features, one file a capability; `registry` lists them."""
