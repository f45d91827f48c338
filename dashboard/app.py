"""The frame of every page: who is signed in, the side bar that person may see, the foot."""

import streamlit as st

from dashboard import campaign_stop_box, frame, page

st.set_page_config(page_title=frame.PRODUCT, page_icon=str(frame.FAVICON), layout="wide")
visit = page.require_visit()
pages = page.offered(visit)
frame.head(visit)
campaign_stop_box.band(visit)
frame.trial(visit)
frame.on_duty(visit)
if pages:
    chosen = st.navigation(frame.menu(visit, pages), position="sidebar")
    chosen.run()
else:
    frame.nothing_to_show()
frame.foot(visit)
