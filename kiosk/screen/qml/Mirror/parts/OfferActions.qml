import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// What can be done about the chosen colour and size: the main button, the sentence under it, and further links.
Column {
    id: offer

    required property ViewModels.MirrorViewModel mirror
    readonly property ViewModels.Garment garment: mirror.scene.garment
    readonly property string availability: garment.offer
    // A piece of the chosen colour and size hangs in the room, for sale or not.
    readonly property bool hangsHere: garment.hangs !== ""
    // Whether to show the link to the page with all sizes and colours.
    property bool showSizesLink: false

    spacing: Theme.unit * 20

    PrimaryButton {
        objectName: "action"
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Math.max(implicitWidth, Theme.unit * 640), parent.width)
        visible: offer.hangsHere ? offer.garment.whyNot === "" : offer.availability !== "none" && offer.availability !== "choose"
        text: {
            if (offer.hangsHere)
                return offer.garment.chosen ? qsTr("See your basket") : SharedTexts.choice(false);
            switch (offer.availability) {
            case "bring":
                //: Asks an associate to bring the garment in size %1.
                return offer.garment.size !== "" ? SharedTexts.filled(qsTr("Bring me %1"), [offer.garment.size]) : qsTr("Bring it to me");
            case "asked":
                return qsTr("See where it is");
            case "other-colour":
                //: Shows the garment in the colour %1.
                return SharedTexts.filled(qsTr("See it in %1"), [offer.garment.otherColour]);
            default:
                return qsTr("Ask us about it");
            }
        }
        onTouched: {
            if (offer.hangsHere)
                return offer.garment.chosen ? offer.mirror.openPage("basket") : offer.mirror.choosePiece(offer.garment.hangs, true);
            switch (offer.availability) {
            case "bring":
                return offer.mirror.requestService(offer.garment.kind, offer.garment.article, false);
            case "asked":
                return offer.mirror.openPage("requests");
            case "other-colour":
                return offer.mirror.chooseColour(offer.garment.otherCode);
            default:
                return offer.mirror.requestService("help", "", false);
            }
        }
    }
    TextLink {
        objectName: "bring-both"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: offer.garment.both.length === 2
        //: Asks an associate to bring the garment in two sizes, since either may fit. Short.
        text: visible ? SharedTexts.filled(qsTr("Bring me %1 and %2"), [offer.garment.both[0], offer.garment.both[1]]) : ""
        onTouched: offer.mirror.requestBoth(offer.garment.kind, offer.garment.article, offer.garment.second)
    }
    BodyText {
        objectName: "promise"
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        font.pixelSize: Theme.smallSize
        color: Theme.muted
        text: {
            if (offer.hangsHere)
                return offer.garment.whyNot !== "" ? SharedTexts.whyNot(offer.garment.whyNot) : offer.garment.chosen ? SharedTexts.choice(true) : qsTr("This one hangs with you.");
            if (offer.garment.exchange && ["bring", "asked"].includes(offer.availability))
                //: Another size of a garment that the shopper has paid already in this visit.
                return qsTr("We change it for the one you paid, at no charge.");
            switch (offer.availability) {
            case "bring":
                return SharedTexts.staffOnDuty(offer.mirror.scene.staff, offer.mirror.scene.staffMinutes);
            case "asked":
                return qsTr("You have asked for it.");
            case "choose":
                //: No size is chosen yet; the sizes are above.
                return qsTr("Touch your size, and we bring it.");
            case "nobody":
                //: %1 is a size.
                return SharedTexts.filled(qsTr("%1 is in the house. Nobody is signed in at the rooms just now; whoever comes sees your call first."), [offer.garment.size]);
            case "elsewhere":
                //: %1 is a size, %2 another shop's town.
                return SharedTexts.filled(qsTr("%1 hangs in %2. We can have it sent or put aside for you."), [offer.garment.size, offer.garment.elsewhere]);
            case "other-colour":
                //: %1 is a size, %2 a colour.
                return SharedTexts.filled(qsTr("%1 is sold out in this colour. In %2 it is here."), [offer.garment.size, offer.garment.otherColour]);
            case "expected":
                return qsTr("This one is on its way to us. We can put it aside for you.");
            default:
                return qsTr("Not to be had in this size and colour at the moment.");
            }
        }
    }
    TextLink {
        objectName: "put-aside"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: offer.garment.canPutAside
        text: AsideTexts.offer
        size: Theme.smallSize
        onTouched: offer.mirror.putAside(offer.garment.article, offer.garment.hangs)
    }
    TextLink {
        objectName: "is-aside"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: offer.garment.isAside
        text: AsideTexts.list
        size: Theme.smallSize
        onTouched: offer.mirror.openPage("requests")
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.unit * 64

        TextLink {
            objectName: "take-out"
            visible: offer.hangsHere && offer.garment.chosen
            //: Takes the garment out of the basket.
            text: qsTr("Take it out again")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: offer.mirror.choosePiece(offer.garment.hangs, false)
        }
        TextLink {
            objectName: "all-sizes"
            visible: offer.showSizesLink
            text: qsTr("All sizes and colours")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: offer.mirror.openSizes()
        }
        TextLink {
            objectName: "pinned"
            visible: offer.mirror.scene.alters && offer.garment.advice.present && offer.garment.advice.canAlter
            //: Asks for an alteration: a tailor pins the garment on the shopper.
            text: qsTr("Have it pinned on me")
            size: Theme.smallSize
            onTouched: offer.mirror.requestService("alteration", "", false)
        }
        TextLink {
            objectName: "at-door"
            visible: offer.availability === "bring"
            //: The associate leaves the garment outside the fitting room.
            text: qsTr("Leave it at the door")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: offer.mirror.requestService(offer.garment.kind, offer.garment.article, true)
        }
    }
}
