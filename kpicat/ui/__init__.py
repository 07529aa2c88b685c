"""The only part of kpicat that knows Streamlit: what several pages share."""
