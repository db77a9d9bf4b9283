"""The page at the desk: what there is to hand out goes in, one page that leads from a language to the right paper."""

from pressroom.desk.page import DeskEntry, desk_page
