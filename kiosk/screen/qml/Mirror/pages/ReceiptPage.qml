import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// After paying: thanks, a QR code of the receipt, and a link that ends the visit.
PageFrame {
    id: page

    readonly property ViewModels.Receipt receipt: scene.receipt
    readonly property real side: Math.round(Theme.unit * 400)

    // How the print goes; without one, and without a code, where else she gets her receipt.
    function wayText(printing: string): string {
        switch (printing) {
        case "waiting":
            return qsTr("Your receipt is being printed.");
        case "printed":
            return qsTr("Here is your receipt, on paper.");
        case "not-printed":
        case "lost":
            return qsTr("The printer does not answer just now. With this number we are glad to give it to you at the desk.");
        default:
            return page.receipt.link !== "" ? "" : qsTr("With this number we are glad to give it to you at the desk.");
        }
    }

    spacing: Theme.unit * 30

    Title {
        maxWidth: page.innerWidth
        horizontalAlignment: Text.AlignHCenter
        text: page.scene.firstName !== "" ? SharedTexts.filled(qsTr("Thank you, %1"), [page.scene.firstName]) : qsTr("Thank you")
        size: Theme.unit * 110
    }
    Caption {
        width: page.innerWidth
        horizontalAlignment: Text.AlignHCenter
        font.pixelSize: Theme.bodySize
        text: SharedTexts.filled(qsTr("%1 is paid, and the pieces are yours."), [page.receipt.total])
    }
    Item {
        width: 1
        height: Theme.unit * 10
    }
    Image {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: page.receipt.link !== ""
        source: page.receipt.link !== "" ? "image://code/" + encodeURIComponent(page.receipt.link) : ""
        sourceSize.width: page.side
        sourceSize.height: page.side
        width: sourceSize.width
        height: sourceSize.height
        fillMode: Image.Pad
        smooth: false
        cache: false
    }
    Caption {
        width: page.innerWidth
        horizontalAlignment: Text.AlignHCenter
        text: (page.receipt.link !== "" ? qsTr("Your receipt, to take along") : qsTr("Your receipt")) + "\n" + page.receipt.number
    }
    Caption {
        objectName: "receipt-ways"
        width: page.innerWidth
        horizontalAlignment: Text.AlignHCenter
        visible: text !== ""
        text: page.wayText(page.receipt.printing)
    }
    TextLink {
        objectName: "print"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: page.receipt.canPrint
        text: page.receipt.printing === "" ? qsTr("Print my receipt") : qsTr("Print it once more")
        onTouched: page.mirror.printReceipt()
    }
    TextLink {
        objectName: "to-wardrobe"
        anchors.horizontalCenter: parent.horizontalCenter
        // Another size of a paid garment, or another purchase, begins there.
        visible: page.scene.pieces.count > 0
        text: SharedTexts.backToPieces
        color: Theme.muted
        onTouched: page.mirror.openPage("wardrobe")
    }
    TextLink {
        objectName: "finish"
        anchors.horizontalCenter: parent.horizontalCenter
        //: Ends the visit; the mirror forgets everything of it.
        text: qsTr("Finish and forget me")
        onTouched: page.mirror.closeVisit()
    }
}
