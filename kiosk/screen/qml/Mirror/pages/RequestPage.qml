pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// How what was asked for stands.
PageFrame {
    id: page

    readonly property int many: scene.requests.count
    property int shown: 0

    // What is over gives way to what is open; the last one always stays.
    function count() {
        let open = 0;
        for (let n = 0; n < rows.count; n++) {
            const row = rows.itemAt(n) as RequestRow;
            open += row !== null && row.visible ? 1 : 0;
        }
        shown = open;
    }

    spacing: Theme.unit * 56

    Title {
        maxWidth: page.innerWidth
        //: Over the list of what the shopper has asked for.
        text: qsTr("Asked for")
    }
    BodyText {
        width: page.innerWidth
        visible: page.many === 0
        color: Theme.muted
        font.pixelSize: Theme.leadSize
        text: qsTr("Nothing is asked for at the moment.")
    }
    Repeater {
        id: rows

        model: page.scene.requests

        RequestRow {
            required property int index

            visible: standing || index === page.many - 1
            hero: page.shown <= 1
            onVisibleChanged: page.count()
            Component.onCompleted: page.count()
            width: page.innerWidth
            mirror: page.mirror
        }
    }
    TextLink {
        objectName: "to-wardrobe"
        anchors.left: parent?.left
        text: qsTr("Back to the pieces")
        onTouched: page.mirror.openPage("wardrobe")
    }
}
