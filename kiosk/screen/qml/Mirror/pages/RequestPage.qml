import QtQuick
import Mirror

// How what was asked for stands.
PageFrame {
    id: page

    readonly property int many: scene.requests.count

    spacing: Theme.u * 56

    Title {
        width: page.inner
        //: Over the list of what the shopper has asked for.
        text: qsTr("On its way")
    }
    Say {
        width: page.inner
        visible: page.many === 0
        color: Theme.ash
        font.pixelSize: Theme.lead
        text: qsTr("Nothing is asked for at the moment.")
    }
    Repeater {
        model: page.scene.requests

        RequestRow {
            required property int index

            visible: index >= page.many - 3
            width: page.inner
            mirror: page.mirror
        }
    }
    Link {
        objectName: "to-wardrobe"
        text: qsTr("Back to the pieces")
        onTouched: page.mirror.goTo("wardrobe")
    }
}
