"""English words that stand alone in tables and interfaces and that every eastern language has its own word for.

A single word that came back as it was may be a name (Kubernetes); one of these is not.
"""

from __future__ import annotations

ORDINARY = frozenset(
    "about above account active add address after all amount and annual apply approved area archive arrival attention "
    "available average back balance before begin below best blocked bottom browse budget building button buy by "
    "calendar call cancel cancelled category change changed changes charge choose city clear close closed colour color "
    "column comment comments company complete completed condition confirm connect connected contact content continue "
    "contract copy cost costs country create created critical currency current customer customers daily danger date "
    "day days default delete delivered delivery departure description details device devices disabled discount done "
    "down download draft due duration during earlier edit empty enabled end ended engineer enter equipment error "
    "errors "
    "event events example expired failed fault few field file files filter find finish finished first floor forward "
    "found free friday from general goal group growth help hide high history home hour hours image import important "
    "in inactive indicator indicators information installation invoice item items january july june keyboard language "
    "last later latest learn left length less level line link list loading location login logout low machine machines "
    "maintenance manager march maximum mean measure measured measures medium meeting member members menu message "
    "messages minimum minute minutes missing monday month monthly more name network never new news next no none note "
    "notes notification notifications now number offline on online open opened operator order orders other out overdue "
    "overview owner page pages paid part parts password paused payment pending people percent percentage period person "
    "phone photo photos picture place plan plans please position power preview previous price prices print priority "
    "problem product products profile progress project projects purpose quality quantity question questions quote rate "
    "reading readings ready reason received recent region register remark remarks remove repair report reports request "
    "required result results resume retry return review right role row sales saturday save saved savings search second "
    "seconds select send sent service services settings share ship show signature site sites size solution solutions "
    "sort source speed spare staff start started state station stations status stock stop stopped street submit "
    "submitted success summary sunday support target task tasks team temperature terms thanks third thursday ticket "
    "tickets time times title to today together tomorrow tool tools top total trial tuesday type types under unit "
    "units unknown up update updated upload urgent usage use used user users value values version video view visit "
    "warning warnings wednesday week weekly weight welcome with within without work year years yes yesterday you your"
    .split()
)  # fmt: skip
