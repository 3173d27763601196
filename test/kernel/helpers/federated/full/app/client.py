"""Named by pyproject.toml because Flower asks for one; the nodes are TypeScript and never run it."""
from flwr.clientapp import ClientApp

app = ClientApp()
