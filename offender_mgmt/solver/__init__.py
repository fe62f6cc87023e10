"""The optimiser: routes as columns, crews chosen with them, band after band."""
