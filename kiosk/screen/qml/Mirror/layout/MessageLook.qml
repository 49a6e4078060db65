pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The pieces of a look that an associate shows, two in a row, so that names and prices are not broken.
Grid {
    id: look

    required property ViewModels.MirrorViewModel mirror
    readonly property ViewModels.Message message: mirror.scene.message
    readonly property int count: message.look.count

    columns: 2
    columnSpacing: Theme.unit * 24
    rowSpacing: Theme.unit * 16

    Repeater {
        model: look.message.look

        MessagePiece {
            width: (look.width - (look.columns - 1) * look.columnSpacing) / look.columns
            mirror: look.mirror
            messageId: look.message.messageId
            pictureHeight: Theme.unit * (look.count > 4 ? 100 : 120)
        }
    }
}
