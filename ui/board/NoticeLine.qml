import QtQuick
import Hall

// The notice; while the server is away, how old the board is.
Rectangle {
    id: notice

    required property var view
    readonly property bool away: !view.line.connected

    color: away ? Style.wrongTint : Style.ground

    BothWords {
        objectName: "notice"
        anchors.centerIn: parent
        width: Math.min(implicitWidth, parent.width - Style.broad)
        first: notice.away ? absence.first : notice.view.notice.first
        second: notice.away ? absence.second : notice.view.notice.second
        size: Style.body
        smaller: 0.7
        strong: notice.away
        ink: notice.away ? Style.wrongText : Style.text
        secondInk: notice.away ? Style.wrongText : Style.muted
        inRow: true
    }

    AwayWords {
        id: absence
        line: notice.view.line
    }
}
