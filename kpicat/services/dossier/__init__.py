"""The dossier of a catalogue as it is submitted, or of a version that was approved; and a look at one that was made."""

from kpicat.services.dossier.gathering import chosen
from kpicat.services.dossier.looking import approved_as, look
from kpicat.services.dossier.making import dossier, dossier_name

__all__ = ["approved_as", "chosen", "dossier", "dossier_name", "look"]
