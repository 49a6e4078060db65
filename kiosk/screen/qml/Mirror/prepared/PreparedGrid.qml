pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The first pieces that wait for the shopper's appointment.
Grid {
    id: grid

    required property ViewModels.MirrorViewModel mirror
    // The number of pieces that are shown.
    property int shown: 12

    columnSpacing: Theme.unit * 24
    rowSpacing: Theme.unit * 30

    Repeater {
        model: grid.mirror.scene.prepared.pieces

        PreparedCell {
            required property int index

            visible: index < grid.shown
            width: (grid.width - (grid.columns - 1) * grid.columnSpacing) / grid.columns
            mirror: grid.mirror
        }
    }
}
