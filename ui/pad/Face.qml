pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Hall

// A face for a level from 5 to 1: the mouth goes from a wide smile to a deep frown. Words stand
// beside it; the face alone says nothing that they do not.
Item {
    id: face

    property int level: 5
    property color ink: Style.action
    property color tint: Style.actionTint
    readonly property real side: Math.min(width, height)
    readonly property real stroke: side * 0.045
    readonly property real bend: [0, -0.17, -0.09, 0.02, 0.13, 0.22][level] * side
    readonly property real mouth: (level === 5 || level === 1 ? 0.25 : 0.2) * side
    readonly property real lips: (bend < 0 ? 0.74 : 0.63) * side

    Rectangle {
        width: face.side
        height: face.side
        radius: face.side / 2
        color: face.tint
        border.width: face.stroke * 0.8
        border.color: face.ink
    }
    Repeater {
        model: [0.34, 0.66]

        Rectangle {
            required property real modelData

            x: face.side * modelData - width / 2
            y: face.side * 0.36
            width: face.side * 0.085
            height: face.side * 0.125
            radius: width / 2
            color: face.ink
        }
    }
    Shape {
        width: face.side
        height: face.side

        ShapePath {
            strokeWidth: face.stroke * 1.25
            strokeColor: face.ink
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            startX: face.side / 2 - face.mouth
            startY: face.lips

            PathQuad {
                x: face.side / 2 + face.mouth
                y: face.lips
                controlX: face.side / 2
                controlY: face.lips + face.bend * 1.5
            }
        }
    }
}
