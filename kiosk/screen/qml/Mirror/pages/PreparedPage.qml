import QtQuick
import Mirror

// Everything that waits for the shopper's appointment.
PageFrame {
    id: page

    readonly property int count: scene.prepared.present ? scene.prepared.pieces.count : 0

    spacing: Theme.unit * 40

    Title {
        maxWidth: page.innerWidth
        text: page.count > 0 ? PreparedTexts.title(page.scene.prepared.by) : PreparedTexts.allHere
    }
    PreparedGrid {
        objectName: "prepared-pieces"
        visible: page.count > 0
        width: page.innerWidth
        columns: 4
        mirror: page.mirror
    }
}
