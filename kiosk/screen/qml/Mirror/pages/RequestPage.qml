pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// The requests of the visit with their states.
PageFrame {
    id: page

    readonly property int requestCount: scene.requests.count
    property int visibleCount: 0

    // Finished requests are hidden, except the last request of all, and what was agreed with the tailor.
    function countVisible() {
        let visibleRows = 0;
        for (let n = 0; n < rows.count; n++) {
            const row = rows.itemAt(n) as RequestRow;
            visibleRows += row !== null && row.visible ? 1 : 0;
        }
        visibleCount = visibleRows;
    }

    spacing: Theme.unit * 56

    Title {
        maxWidth: page.innerWidth
        //: Over the list of what the shopper has asked for.
        text: qsTr("Asked for")
    }
    BodyText {
        width: page.innerWidth
        visible: page.requestCount === 0 && page.scene.asides.count === 0
        color: Theme.muted
        font.pixelSize: Theme.leadSize
        text: qsTr("Nothing is asked for at the moment.")
    }
    Repeater {
        id: rows

        model: page.scene.requests

        RequestRow {
            required property int index

            visible: current || note !== "" || index === page.requestCount - 1
            large: page.visibleCount <= 1 && page.scene.asides.count === 0
            onVisibleChanged: page.countVisible()
            Component.onCompleted: page.countVisible()
            width: page.innerWidth
            mirror: page.mirror
        }
    }
    Repeater {
        model: page.scene.asides

        AsideRow {
            width: page.innerWidth
            mirror: page.mirror
        }
    }
    TextLink {
        objectName: "to-wardrobe"
        anchors.left: parent?.left
        text: SharedTexts.backToPieces
        onTouched: page.mirror.openPage("wardrobe")
    }
}
