pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Mirror

// The contactless symbol (four waves), animated: hold a card, phone or ring here.
Item {
    id: symbol

    width: Theme.unit * 190
    height: Theme.unit * 260

    Repeater {
        model: 4

        Shape {
            id: wave

            required property int index
            readonly property real radius: Theme.unit * (62 + index * 56)
            readonly property real halfAngle: 0.62

            anchors.fill: parent
            antialiasing: true
            preferredRendererType: Shape.CurveRenderer
            opacity: 1 - index * 0.12

            ShapePath {
                strokeColor: Theme.accent
                strokeWidth: Theme.unit * 7
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap

                PathAngleArc {
                    centerX: -Theme.unit * 46
                    centerY: symbol.height / 2
                    radiusX: wave.radius
                    radiusY: wave.radius
                    startAngle: -wave.halfAngle * 180 / Math.PI
                    sweepAngle: 2 * wave.halfAngle * 180 / Math.PI
                }
            }

            SequentialAnimation on opacity {
                running: symbol.visible && !Theme.noMotion && !Theme.reducedMotion
                loops: Animation.Infinite

                PauseAnimation {
                    duration: wave.index * 220
                }
                NumberAnimation {
                    from: 0.3
                    to: 1
                    duration: 500
                    easing.type: Easing.OutCubic
                }
                NumberAnimation {
                    from: 1
                    to: 0.3
                    duration: 900
                    easing.type: Easing.InOutSine
                }
                PauseAnimation {
                    duration: (3 - wave.index) * 220 + 300
                }
            }
        }
    }
}
