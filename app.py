"""Staffroom's launcher: `streamlit run app.py`. The server is server.py, the pages are pages/."""

import streamlit as st

import server

server.prepare(server.data_folder())

app = st.App(
    "pages/shell.py",
    routes=server.ROUTES,
    middleware=server.MIDDLEWARE,
    lifespan=server.lifespan,
)
