from wagtail.snippets.models import register_snippet

from projects.viewsets import ProjectsGroup

register_snippet(ProjectsGroup)
