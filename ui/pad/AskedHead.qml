import QtQuick
import QtQuick.Layouts
import Hall

// What is asked, and about which service.
ColumnLayout {
    id: head

    required property var view
    property alias zh: question.zh
    property alias en: question.en

    spacing: Style.tight

    BothWords {
        id: question
        Layout.fillWidth: true
        Layout.preferredWidth: Style.base
        size: Style.title * 1.15
        smaller: 0.58
        ink: Style.actionText
        secondInk: Style.muted
        lines: 1
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: Style.base
        spacing: Style.gap

        Numeral {
            text: head.view.number
            size: Style.title
        }
        Words {
            Layout.fillWidth: true
            // Whatever the row leaves: a wish of its own would be asked anew at each line break.
            Layout.preferredWidth: Style.base
            text: [head.view.service.first, head.view.staff].filter(t => t).join("  ·  ")
            maximumLineCount: 2
            elide: Text.ElideRight
            color: Style.muted
        }
    }
}
