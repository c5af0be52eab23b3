import QtQuick
import QtQuick.Shapes
import Hall

// Done.
Rectangle {
    id: circle

    radius: width / 2
    color: Style.doneTint
    border.width: width * 0.035
    border.color: Style.done

    Shape {
        anchors.fill: parent

        ShapePath {
            strokeWidth: circle.width * 0.075
            strokeColor: Style.done
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            startX: circle.width * 0.29
            startY: circle.height * 0.52

            PathLine {
                x: circle.width * 0.44
                y: circle.height * 0.67
            }
            PathLine {
                x: circle.width * 0.72
                y: circle.height * 0.36
            }
        }
    }
}
