"""The frame of every page: who is signed in, the side bar that person may see, the foot."""

from dataclasses import replace

import streamlit as st

from dashboard import campaign_stop_box, frame, guests, page

st.set_page_config(page_title=frame.PRODUCT, page_icon=str(frame.FAVICON), layout="wide")
visit = page.require_visit()
pages = page.offered(visit)
chosen = st.navigation(frame.menu(visit, pages), position="sidebar") if pages else None
visit = replace(visit, guests=guests.present(chosen))
frame.head(visit)
if not visit.guests:
    campaign_stop_box.band(visit)
    frame.trial(visit)
    frame.on_duty(visit)
if chosen is None:
    frame.nothing_to_show()
else:
    chosen.run()
frame.foot(visit)
