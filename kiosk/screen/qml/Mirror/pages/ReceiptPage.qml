import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// After paying: thanks, a QR code of the receipt, and a link that ends the visit.
PageFrame {
    id: page

    readonly property ViewModels.Receipt receipt: scene.receipt
    readonly property real side: Math.round(Theme.unit * 400)

    spacing: Theme.unit * 30

    Title {
        maxWidth: page.innerWidth
        horizontalAlignment: Text.AlignHCenter
        text: page.scene.firstName !== "" ? qsTr("Thank you, %1").arg(page.scene.firstName) : qsTr("Thank you")
        size: Theme.unit * 110
    }
    Caption {
        width: page.innerWidth
        horizontalAlignment: Text.AlignHCenter
        font.pixelSize: Theme.bodySize
        text: qsTr("%1 is paid, and the pieces are yours.").arg(page.receipt.total)
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
        text: qsTr("Your receipt, to take along") + "\n" + page.receipt.number
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
